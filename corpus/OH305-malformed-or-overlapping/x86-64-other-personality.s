// arch: x86-64
// rule: OH305
// expect: advice OH305 f+0x0
// expect: OH103 f+0xc
// expect: unproved indirect-entry f
// flags: -O2
// why: what a personality of its own makes of its table is its own affair; it is not known what code that leads to

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__other_personality
	.cfi_lsda 0x1b, .Llsda
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
	.p2align	2
.Llsda:
	.byte	0xff			# landing pads count from the function's start
	.byte	0x9b			# types are indirect and pc-relative
	.uleb128	.Ltypes-.Lref
.Lref:
	.byte	1			# call sites are ULEB128
	.uleb128	.Lsites_end-.Lsites
.Lsites:
	.uleb128	.Lb1-f, .Le1-.Lb1, 0, 0
	.uleb128	.Lb0-f, .Le0-.Lb0, .Lpad-f, 1
.Lsites_end:
	.byte	1, 0			# catches type 1, no more
	.p2align	2
	.long	0			# catch (...)
.Ltypes:
