// arch: x86-64
// rule: OH305
// expect: OH103 f+0xc
// expect: OH305 f+0x0
// flags: -O2
// why: the entry points to an exception table in a section that holds nothing

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Lnowhere
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
.Lb0:
	callq	step
.Le0:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
.Lpad:
	.cfi_def_cfa_offset 16
	movq	%rax, %rdi
.Lb1:
	callq	__cxa_begin_catch
	callq	__cxa_end_catch
.Le1:
	movl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	f, .-f
	.section	.gcc_except_table, "a", @progbits
.Lnowhere:
