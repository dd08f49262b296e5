// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: unproved undescribed sub_12240
// why: the linker does not describe its stubs; only an exception leads to the cold part, and it is tied to its function by the landing pad

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Llsda
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
.Lb0:
	callq	step@plt
.Le0:
.Lback:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely, "ax", %progbits
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Llsda_cold
	nop
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
.Lpad:
	movq	%rax, %rdi
.Lb1:
	callq	__cxa_begin_catch@plt
	callq	__cxa_end_catch@plt
.Le1:
	movl	%ebx, %eax
	jmp	.Lback
	.cfi_endproc
	.size	f.cold, .-f.cold
	.section	.gcc_except_table, "a", %progbits
	.p2align	2
.Llsda:
	.byte	0x1b			# landing pads count from the cold part's start
	.long	f.cold-.
	.byte	0x9b
	.uleb128	.Ltypes-.Lref
.Lref:
	.byte	1
	.uleb128	.Lsites_end-.Lsites
.Lsites:
	.uleb128	.Lb0-f, .Le0-.Lb0, .Lpad-f.cold, 1
.Lsites_end:
	.byte	1, 0
	.p2align	2
	.long	0
.Ltypes:
.Llsda_cold:
	.byte	0xff, 0xff, 1
	.uleb128	.Lcold_end-.Lcold
.Lcold:
	.uleb128	.Lb1-f.cold, .Le1-.Lb1, 0, 0
.Lcold_end:
	.section	.data.rel.local, "aw", %progbits
	.p2align	3
	.hidden	DW.ref.__gxx_personality_v0
DW.ref.__gxx_personality_v0:
	.quad	__gxx_personality_v0
