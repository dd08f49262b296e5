// arch: x86-64
// rule: OH205
// expect: OH205 f+0x1d
// expect: OH205 f+0x2e
// expect: advice OH103 f+0x2f
// expect: advice OH103 give_up+0x2a
// flags: clang-19 -Oz -fsplit-stack
// why: give_up always returns, as its code shows; behind the call of it stands code for another stack pointer

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	cmpq	%fs:112, %rsp
	jbe	.Lmore
.Lenough:
	pushq	%rax
	.cfi_def_cfa_offset 16
	cmpl	$4, %edi
	jl	.Lgive_up
	call	g@PLT
	popq	%rcx
	.cfi_def_cfa_offset 8
	ret
.Lgive_up:
	.cfi_def_cfa_offset 16
	call	give_up
.Lmore:
	.cfi_def_cfa_offset 8
	movl	$8, %r10d
	movl	$0, %r11d
	call	__morestack
	ret
	jmp	.Lenough
	.cfi_endproc
	.size	f, .-f
	.type	give_up, @function
give_up:
	.cfi_startproc
	cmpq	%fs:112, %rsp
	jbe	.Lmore2
.Lenough2:
	pushq	%rax
	.cfi_def_cfa_offset 16
	movl	$1, gave_up(%rip)
	popq	%rax
	.cfi_def_cfa_offset 8
	ret
.Lmore2:
	.cfi_def_cfa_offset 8
	movl	$8, %r10d
	movl	$0, %r11d
	call	__morestack
	ret
	jmp	.Lenough2
	.cfi_endproc
	.size	give_up, .-give_up

	.local	gave_up
	.comm	gave_up, 4, 4
