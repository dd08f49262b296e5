// arch: x86-64
// rule: OH101
// expect: silent
// flags: -O2
// why: f returns, though every path of it throws: code behind calls of f is reached

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	.cfi_personality 0x9b, DW.ref.__gxx_personality_v0
	.cfi_lsda 0x1b, .Llsda
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
.Lb0:
	callq	__cxa_throw
.Le0:
.Lpad:
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
	.globl	g
	.type	g, @function
g:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	callq	f
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	g, .-g
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
	.uleb128	.Lb0-f, .Le0-.Lb0, .Lpad-f, 1
	.uleb128	.Lb1-f, .Le1-.Lb1, 0, 0
.Lsites_end:
	.byte	1, 0			# catches type 1, no more
	.p2align	2
	.long	0			# catch (...)
.Ltypes:
